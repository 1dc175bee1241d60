import {
  IconArrowBackUp,
  IconBan,
  IconCheck,
  IconCircleDashed,
  IconHelpCircle,
  IconHourglass,
  IconLoader2,
  IconLock,
  IconUserExclamation,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react';

/** What a status comes to: its colour, and its icon where there is no better one. */
export type Tone = 'good' | 'live' | 'held' | 'wait' | 'bad' | 'quiet';

const iconOfTone: Readonly<Record<Tone, TablerIcon>> = {
  good: IconCheck,
  live: IconLoader2,
  held: IconLock,
  wait: IconHourglass,
  bad: IconX,
  quiet: IconCircleDashed,
};

interface Look {
  readonly tone: Tone;
  readonly icon?: TablerIcon;
  readonly text?: string;
}

/** Of payments, operations, disputes, deliveries, breaks and breakers: every status the console shows. */
const looks: Readonly<Record<string, Look>> = {
  processing: { tone: 'live' },
  requires_action: { tone: 'wait' },
  authorized: { tone: 'held' },
  partially_captured: { tone: 'good', icon: IconCircleDashed },
  captured: { tone: 'good' },
  canceled: { tone: 'quiet', icon: IconBan },
  expired: { tone: 'quiet', icon: IconHourglass },
  failed: { tone: 'bad' },
  succeeded: { tone: 'good' },
  paid: { tone: 'good' },
  unknown: { tone: 'wait', icon: IconHelpCircle },
  parked: { tone: 'wait', icon: IconUserExclamation },
  reversed: { tone: 'quiet', icon: IconArrowBackUp },
  opened: { tone: 'wait' },
  won: { tone: 'good' },
  lost: { tone: 'bad' },
};

/** A status in a word, an icon and a colour. One that is not known is shown as it is. */
export function StatusBadge({
  status,
  tone,
  icon,
  text,
}: {
  readonly status: string;
  /** In place of the status's own. */
  readonly tone?: Tone;
  readonly icon?: TablerIcon;
  readonly text?: string;
}) {
  const look: Look = looks[status] ?? { tone: 'quiet' };
  const used = tone ?? look.tone;
  const Icon = icon ?? (tone ? undefined : look.icon) ?? iconOfTone[used];
  return (
    <span className={`ps-status ps-tone-${used}`}>
      <Icon size={13} stroke={2} aria-hidden />
      {text ?? look.text ?? status.replaceAll('_', ' ')}
    </span>
  );
}
