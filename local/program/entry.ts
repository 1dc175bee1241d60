import type { Command, Group } from './group.ts';

/** A command or a group at the top of the tree. */
export interface Entry {
  /** Under which heading help has it. */
  readonly section: keyof typeof sections;
  /** For the list of all commands: a few words. */
  readonly summary: string;
  /** What is loaded only when it is asked for. */
  readonly load: () => Promise<Command | Group>;
}

/** In the order in which help has them. */
export const sections = {
  stack: 'The local stack:',
  payments: 'Payments:',
  operations: 'Operations:',
  access: 'Who may do what:',
  proof: 'Proof:',
  repository: 'The repository:',
} as const;
