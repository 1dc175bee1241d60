/** A text in a file, and what stands there instead. */
export interface Edit {
  /** Below the repository. */
  readonly file: string;
  /** A text that is in the file exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** A mistake that is made on purpose, to see that the simulation finds it. */
export interface PlantedBug extends Edit {
  /** By which the command knows it: `drop-version-condition`. */
  readonly name: string;
  /** What is wrong with it, in a line. */
  readonly says: string;
  /** A second line of defence that would mend it, and is put to sleep for it. */
  readonly asleep?: Edit;
}

/**
 * Nobody publishes again what the relay or a consumer lost. A test shows that nothing breaks by this
 * alone.
 */
export const republishAsleep: Edit = {
  file: 'functions/payments/republish/republish.ts',
  find: 'return isWhole ? [] : [{ payment, taken }];',
  replace: 'return [];',
};
