/**
 * A thrown value in the form in which Lambda reports it. Step Functions' Catch and Retry match on
 * `errorType`, which is the error's `name`.
 *
 * @param {unknown} error
 * @returns {{ errorType: string, errorMessage: string, trace: string[] }}
 */
export function errorReport(error) {
  if (error instanceof Error) {
    return {
      errorType: error.name,
      errorMessage: error.message,
      trace: (error.stack ?? '').split('\n'),
    };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}
