import type { NoticeKey, SeenNotices } from '../../ports/webhooks/seen-notices.ts';

export function memorySeenNotices(): SeenNotices {
  const marks = new Map<string, number>();
  const keyOf = ({ provider, id }: NoticeKey) => JSON.stringify([provider, id]);
  return {
    has: async (notice, nowMs) => (marks.get(keyOf(notice)) ?? 0) > nowMs,
    mark: async (notice, untilMs) => {
      marks.set(keyOf(notice), untilMs);
    },
  };
}
