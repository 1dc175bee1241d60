import {
  IconArrowBackUp,
  IconCheck,
  IconCircleDashed,
  IconHourglass,
  IconLoader2,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Tone } from '../../../components/status-badge.tsx';
import type { NodeState } from '../../../saga/walk.ts';

/** How the state of a node is shown: a word, an icon, a colour. */
export const nodeLooks: Readonly<
  Record<NodeState, { readonly text: string; readonly tone: Tone; readonly icon: TablerIcon }>
> = {
  not_reached: { text: 'not reached', tone: 'quiet', icon: IconCircleDashed },
  under_way: { text: 'under way', tone: 'live', icon: IconLoader2 },
  done: { text: 'done', tone: 'good', icon: IconCheck },
  compensated: { text: 'compensated', tone: 'held', icon: IconArrowBackUp },
  waiting: { text: 'waiting', tone: 'wait', icon: IconHourglass },
  failed: { text: 'failed', tone: 'bad', icon: IconX },
};
