import type { ConsumerSpec } from './consumers.ts';
import type { LiveOptions } from './group.ts';
import type { Finding } from './sandbox/rehearsal.ts';

type Found = Readonly<Record<Finding['is'] | 'events', number>>;

/** One thing that is not there as the events would have made it. */
export function findingText({ of, is, says }: Finding): string {
  return `${is.padEnd(7)}  ${of}: ${says}`;
}

/** What a sandbox came to. */
export function endText(
  { name }: Pick<ConsumerSpec, 'name'>,
  { events, same, ahead, differs, missing }: Found,
): string {
  const all = same + ahead + differs + missing;
  const parts = [
    `${same} there as it would make them`,
    `${ahead} further than these events`,
    `${differs} that differ`,
    `${missing} missing`,
  ];
  return [
    `${name} was given ${events} events in a sandbox, and nothing was written or sent.`,
    `It would make ${all}: ${parts.join(', ')}.`,
  ].join('\n');
}

/** Why nothing was sent. */
export function manyText(
  events: number,
  { name }: Pick<ConsumerSpec, 'name'>,
  { perSecond }: Pick<LiveOptions, 'perSecond'>,
): string {
  const minutes = Math.ceil(events / perSecond / 60);
  return [
    `These are ${events} events for ${name}: at ${perSecond} a second, ${minutes} min. Nothing was sent.`,
    'With --yes they are.',
  ].join('\n');
}

/** How far it is, and how to go on from there. */
export function progressText(sent: number, name: string, position: string): string {
  const goOn = position === '' ? '' : ` --position ${position}`;
  return `${sent} sent; should this end here, go on with --name ${name}${goOn}`;
}

/** What was done. */
export function sentText(
  sent: number,
  replay: string,
  { name, trigger }: Pick<ConsumerSpec, 'name' | 'trigger'>,
  { sideEffects }: Pick<LiveOptions, 'sideEffects'>,
): string {
  const effects = sideEffects
    ? 'What leaves the account is done once more.'
    : trigger.outside
      ? 'It does nothing for them, as that would leave the account: see --allow-side-effects.'
      : 'It takes them as any event that comes twice.';
  return `${sent} events sent to ${name}, as the replay ${replay}. ${effects}`;
}
