/** A change that the state table does not allow: a defect of the caller, never of the client. */
export class IllegalTransition extends Error {
  override readonly name = 'IllegalTransition';
}
