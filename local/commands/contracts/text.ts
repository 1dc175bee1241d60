import type { Check } from '../../../docs/contracts/compatibility/check.ts';
import { sentenceOf } from '../../../docs/contracts/compatibility/finding.ts';

export function checked({ latest, against, isChanged, findings }: Check): string {
  if (latest === null) {
    return 'Nothing is released yet.';
  }
  if (findings.length > 0) {
    return [...sentencesOf(findings), '', `${findings.length} breaking changes.`].join('\n');
  }
  return isChanged
    ? `The contracts have changed since ${latest}, and break nobody who goes by ${against.join(', ')}.`
    : `The contracts are those of ${latest}.`;
}

export function released(
  version: string,
  { findings }: Check,
  refusal: string | null,
  files: readonly string[],
): string {
  const breaks = sentencesOf(findings);
  return refusal === null
    ? [...breaks, ...files, `${version} is released.`].join('\n')
    : [...breaks, `Not released: ${refusal}.`].join('\n');
}

export function fixturesWritten(files: readonly string[]): string {
  return files.length === 0
    ? 'Every version of events has its fixtures.'
    : [...files, 'Written; they stay as they are from now on.'].join('\n');
}

function sentencesOf(findings: Check['findings']): readonly string[] {
  return findings.map((finding) => `- ${sentenceOf(finding)}`);
}
