/** A notice by its sender and the id that it has there. */
export interface NoticeKey {
  readonly provider: string;
  readonly id: string;
}

/** Which notices were queued. It saves work and decides nothing: a notice that comes twice changes nothing. */
export interface SeenNotices {
  /** Whether it was marked, and the mark still holds. May miss one of this instant. */
  readonly has: (notice: NoticeKey, nowMs: number) => Promise<boolean>;
  readonly mark: (notice: NoticeKey, untilMs: number) => Promise<void>;
}
