"""Render: cleared values become sealed letters, notices and documents. Called through the ports of ``flows.house``."""
