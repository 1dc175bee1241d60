import { OtherAct } from '../../../shared/domain/operator-log/entry.ts';
import {
  countSelected,
  type LiveDependencies,
  NameOutOfTime,
  replayLive,
} from '../../../shared/runtime/replay/live.ts';
import {
  BadPosition,
  type EventSources,
  NoSuchSubject,
  selectedEvents,
} from '../../../shared/runtime/replay/selection.ts';
import { UsageError } from '../../program/exit.ts';
import { takeEnvironmentOf } from '../deployed.ts';
import type { LiveOptions, ReplayCommand } from './group.ts';
import type { Rehearse } from './sandbox/rehearsal.ts';
import { endText, findingText, manyText, progressText, sentText } from './text.ts';

/** What the command works by. */
export interface ReplayDependencies {
  readonly sources: EventSources;
  /** By the consumer's name. */
  readonly rehearsals: Readonly<Partial<Record<string, Rehearse>>>;
  /** For a consumer that is live, by its name. */
  readonly live: (consumer: string) => Omit<LiveDependencies, 'sources' | 'progress'>;
  readonly newName: () => string;
}

type Print = (line: string) => void;

/** More than that somebody has to say that he wants. */
const manyEvents = 1_000;
/** How far a replay is is said after so many events, or a few more. */
const toldEvery = 500;

/**
 * Events of a stage to one of its consumers: what they would lead to, or once more in earnest.
 *
 * @returns 0 when all is there as it would be, or all was sent; 1 when it is not
 * @throws {NothingAnswers} when the stage is not up
 */
export async function replayCommand(command: ReplayCommand): Promise<number> {
  const outputs = await takeEnvironmentOf(command.stage, ['data', 'pipeline', 'readers']);
  const { replayOf } = await import('./wiring.ts');
  return answer(replayOf(command.stage, outputs), command, (line) => console.log(line));
}

/** Does what is asked for. A line is printed as soon as it is known: there may be many. */
export async function answer(
  deps: ReplayDependencies,
  command: ReplayCommand,
  print: Print,
): Promise<0 | 1> {
  try {
    return command.live === null
      ? await rehearse(deps, command, print)
      : await replay(deps, command, command.live, print);
  } catch (error) {
    if (error instanceof NoSuchSubject || error instanceof BadPosition) {
      throw new UsageError(error.message);
    }
    if (error instanceof NameOutOfTime) {
      throw new UsageError(`${error.message}, longer than deliveries are kept: use another --name`);
    }
    throw error instanceof OtherAct
      ? new UsageError('another replay is on record under this --name: choose one of its own')
      : error;
  }
}

async function rehearse(
  { sources, rehearsals }: ReplayDependencies,
  { consumer, selection, json }: ReplayCommand,
  print: Print,
): Promise<0 | 1> {
  const rehearsal = rehearsals[consumer.name];
  if (!rehearsal) {
    throw new Error(`there is no sandbox of ${consumer.name}`);
  }
  const found = { events: 0, same: 0, ahead: 0, differs: 0, missing: 0 };
  const types = new Set<string>(consumer.trigger.events);
  const counted = async function* () {
    for await (const part of selectedEvents(sources, selection, types)) {
      found.events += part.events.length;
      yield part;
    }
  };
  for await (const finding of rehearsal(counted())) {
    found[finding.is] += 1;
    if (json) {
      const { says: _, ...told } = finding;
      print(JSON.stringify(told));
    } else if (finding.is !== 'same') {
      print(findingText(finding));
    }
  }
  print(json ? JSON.stringify({ consumer: consumer.name, ...found }) : endText(consumer, found));
  return found.differs + found.missing === 0 ? 0 : 1;
}

async function replay(
  { sources, live, newName }: ReplayDependencies,
  { consumer, selection, json }: ReplayCommand,
  { name, isSure, ...options }: LiveOptions,
  print: Print,
): Promise<0 | 1> {
  const chosen = { selection, types: new Set<string>(consumer.trigger.events) };
  const said = (content: object, text: string) => print(json ? JSON.stringify(content) : text);
  if (!isSure) {
    const events = await countSelected(sources, { ...chosen, position: options.position });
    if (events > manyEvents) {
      said({ events, sent: 0 }, manyText(events, consumer, options));
      return 1;
    }
  }
  const known = name ?? newName();
  let told = 0;
  const progress = (sent: number, position: string) => {
    if (sent - told >= toldEvery) {
      told = sent;
      said({ replay: known, sent, position }, progressText(sent, known, position));
    }
  };
  const sent = await replayLive(
    { ...live(consumer.name), sources, progress },
    { ...options, ...chosen, name: known, consumer: consumer.name },
  );
  said({ replay: known, sent, done: true }, sentText(sent, known, consumer, options));
  return 0;
}
