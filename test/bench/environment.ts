/** Set before Powertools is loaded: what is measured is the handler, not the console. */
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
process.env.POWERTOOLS_METRICS_DISABLED = 'true';
process.env.POWERTOOLS_METRICS_NAMESPACE = 'Paysaga';
process.env.POWERTOOLS_SERVICE_NAME = 'bench';
process.env.POWERTOOLS_TRACE_ENABLED = 'false';
