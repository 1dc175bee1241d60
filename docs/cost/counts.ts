/** Of one function: how often it is called, for how long, and what it logs. */
export interface FunctionCounts {
  readonly invocations: number;
  /** From its start to its end here, each invocation's rounded up: for the most it waits for the emulator. */
  readonly emulator_ms: number;
  /** What of it the processor was busy for. */
  readonly cpu_ms: number;
  /** Requests to AWS that it waits for. */
  readonly aws_calls: number;
  /** Requests to a PSP, a bank or a merchant. */
  readonly outside_calls: number;
  /** What the stage `prod` gives it. */
  readonly memory_mb: number;
  /** Its own lines; what Lambda adds is not in it. */
  readonly log_bytes: number;
  readonly log_lines: number;
  readonly read_units: number;
  readonly write_units: number;
}

/** Of one table, with its indexes. */
export interface TableCounts {
  /** Read request units: half of one for an eventually consistent read. */
  readonly read_units: number;
  /** Write request units: two for each KiB of a transaction's items, one otherwise. */
  readonly write_units: number;
  /** Those of `write_units` that its indexes take, by index. */
  readonly index_write_units: Readonly<Record<string, number>>;
  /** How often which kind of partition is written and read, by what its key starts with. */
  readonly partitions: Readonly<
    Record<
      string,
      { readonly writes: number; readonly reads: number; readonly write_units: number }
    >
  >;
}

/** Of one state machine. */
export interface MachineCounts {
  readonly executions: number;
  /** Its states, a retry as one more, and the way out of the start. */
  readonly transitions: number;
  /** From its start to its end, each rounded up to 100 ms, as EXPRESS is billed. */
  readonly billed_ms: number;
  /** What `ALL` logs of it: every event of the history, without what goes in and out. */
  readonly log_bytes: number;
  readonly log_lines: number;
}

/** What something took, of `payments` payments together. */
export interface Counts {
  readonly payments: number;
  readonly api_requests: number;
  readonly functions: Readonly<Record<string, FunctionCounts>>;
  readonly tables: Readonly<Record<string, TableCounts>>;
  readonly machines: Readonly<Record<string, MachineCounts>>;
  /** On the bus: each by the chunk of 64 KB that it has begun. */
  readonly events: number;
  readonly event_bytes: number;
  /** By consumer: what is sent to it, and the batches in which Lambda takes it. */
  readonly queues: Readonly<
    Record<string, { readonly messages: number; readonly batches: number }>
  >;
  readonly kms_requests: number;
  /** What begins a trace of its own: a request, and a batch of a stream. */
  readonly trace_roots: number;
  /** Of items that stay, with their copies in indexes. */
  readonly stored_bytes: number;
}

export interface CountedPath {
  readonly says: string;
  /** Whether it is a successful payment, one that fails, or something else that a merchant asks for. */
  readonly kind: 'success' | 'failure' | 'request';
  /** One alone, the median of several: no batch has anything of another. */
  readonly alone: Counts;
  /** Many at once, where that was counted: batches are shared. */
  readonly together: Counts | null;
}

/** What the stage `prod` has whether anybody pays or not. */
export interface Standing {
  /** An alarm is paid by the metrics that it looks at. */
  readonly alarm_metrics: number;
  readonly composite_alarms: number;
  readonly dashboards: number;
  /**
   * Metrics of our own: each name, by service and what else it is told apart by, where an alarm looks
   * at it; of a name that none looks at, one.
   */
  readonly metrics: number;
  readonly kms_keys: number;
  /** That Lambda polls. */
  readonly polled_queues: number;
  /** Runs a month of functions that run by the clock. */
  readonly scheduled_runs: number;
}

/** `docs/cost/counts.json`, written by `paysaga cost --write`. */
export interface CountsFile {
  /** The day, UTC. */
  readonly counted: string;
  /** How many of each path. */
  readonly payments: number;
  readonly paths: Readonly<Record<string, CountedPath>>;
  readonly standing: Standing;
}
