import { afterEach, expect, it, vi } from 'vitest';
import { stageWebhookSender, stageWebhookUrlCheck } from './stage-webhook-sender.ts';
import { closeAll, keeping, started } from './testing/local-sender.ts';
import { httpServer } from './testing/loopback.ts';

afterEach(async () => {
  vi.unstubAllEnvs();
  await closeAll();
});

it('lets webhooks go to this machine in the local stage', async () => {
  vi.stubEnv('STAGE', 'local');
  const { port } = await started(httpServer(keeping(200).answer));
  const url = `http://127.0.0.1:${port}/`;
  expect(stageWebhookUrlCheck()(url)).toEqual({ ok: true });
  expect(await stageWebhookSender()({ url, headers: {}, body: '' })).toMatchObject({
    kind: 'answered',
  });
});

it.each(['dev', 'prod', 'LOCAL'])('does not in the stage %s', async (stage) => {
  vi.stubEnv('STAGE', stage);
  const server = await started(httpServer(keeping(200).answer));
  const url = `http://127.0.0.1:${server.port}/`;
  expect(stageWebhookUrlCheck()(url)).toMatchObject({ ok: false });
  expect(await stageWebhookSender()({ url, headers: {}, body: '' })).toMatchObject({
    kind: 'refused',
  });
  expect(server.connections()).toBe(0);
});

it('does not start without knowing its stage', () => {
  vi.stubEnv('STAGE', '');
  expect(() => stageWebhookSender()).toThrow('STAGE');
  expect(() => stageWebhookUrlCheck()).toThrow('STAGE');
});
