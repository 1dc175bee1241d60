import type { Provider } from '../../../shared/ports/provider.ts';

const unexpected = async (): Promise<never> => {
  throw new Error('the PSP was not to be asked for this');
};

/** The part of a PSP that a test of charges does not need. */
export const noOperations: Pick<Provider, 'capture' | 'void' | 'refund' | 'inquire'> = {
  capture: unexpected,
  void: unexpected,
  refund: unexpected,
  inquire: unexpected,
};
