import { describe, expect, it } from 'vitest';
import { OidcSetting } from '../shared/contracts/settings/oidc-setting.ts';
import { inquiryEndsMs, underWayMs } from '../shared/domain/payment/recovery/sweep.ts';
import { inquiries } from '../shared/domain/saga/inquiry.ts';
import { sagaNames, sagas } from '../shared/domain/saga/sagas.ts';
import { worstCaseOf } from './constructs/saga/budget.ts';
import { needsProviderUrl, stageNames, stageOf, stages } from './stages.ts';
import { apiUrlOf, targetOf } from './target.ts';

describe('a stage', () => {
  it('is local when nobody says', () => {
    expect(stageOf()).toBe(stages.local);
    expect(stageOf(undefined, undefined)).toBe(stages.local);
  });

  it('is refused by a message that names the known ones', () => {
    expect(() => stageOf('staging')).toThrow(
      'unknown stage "staging": use one of local, dev, prod',
    );
    expect(() => stageOf('toString')).toThrow('unknown stage');
  });

  it.each(stageNames)('%s takes either type of saga', (name) => {
    expect(stageOf(name, 'EXPRESS')).toEqual({ ...stages[name], sagaType: 'EXPRESS' });
    expect(stageOf(name, 'STANDARD')).toEqual({ ...stages[name], sagaType: 'STANDARD' });
    expect(() => stageOf(name, 'express')).toThrow('use one of STANDARD, EXPRESS');
  });

  it('needs the URL of a PSP unless Stripe is its only one', () => {
    expect(stageNames.filter((name) => needsProviderUrl(stages[name]))).toEqual(['local', 'dev']);
    const { stripe } = stages.prod.providers;
    const { simulator } = stages.dev.providers;
    expect(needsProviderUrl({ providers: { ...(stripe && { stripe }) } })).toBe(false);
    expect(needsProviderUrl({ providers: { ...(stripe && { stripe, psp: stripe }) } })).toBe(true);
    expect(needsProviderUrl({ providers: { ...(simulator && { simulator }) } })).toBe(true);
  });

  it.each(stageNames)(
    '%s takes the tokens of an issuer that its functions can use, or of none',
    (name) => {
      expect(OidcSetting.safeParse(stages[name].oidc)).toMatchObject({ success: true });
    },
  );

  it('goes by its own name', () => {
    expect(stageNames.map((name) => stages[name].name)).toEqual([...stageNames]);
  });
});

describe.each(stageNames)('what stage %s does about what is unknown or stuck', (name) => {
  const { inquiry, stuckAfterMs, timeoutFactor } = stages[name];
  const { waitsMs, settleWindowMs } = inquiry;
  const totalMs = waitsMs.reduce((sum, ms) => sum + ms, 0);

  it('asks soon at first, and then ever more seldom, in whole seconds', () => {
    expect(waitsMs[0]).toBeLessThanOrEqual(2_000);
    expect(waitsMs).toEqual([...waitsMs].sort((a, b) => a - b));
    expect(waitsMs.filter((ms) => ms < 1_000 || ms % 1_000 !== 0)).toEqual([]);
  });

  it('asks after the settle window as well, when “not found” says something', () => {
    const lastMs = waitsMs.at(-1) ?? 0;
    // More than once, as one answer may be lost.
    expect(totalMs - lastMs).toBeGreaterThanOrEqual(settleWindowMs);
  });

  it('has ended its inquiries before the sweeper takes them for dead', () => {
    for (const { task } of Object.values(inquiries)) {
      const { retries, maxDelayMs } = task.fault.retry;
      // Throttled, and every try of it running into its timeout, each time that it asks.
      const askMs = (retries + 1) * (task.timeoutMs * timeoutFactor + maxDelayMs) + 23_000;
      expect(totalMs + waitsMs.length * askMs).toBeLessThan(inquiryEndsMs);
    }
  });

  it('looks at what is under way before it is taken for dead', () => {
    expect(stuckAfterMs).toBeGreaterThanOrEqual(underWayMs);
  });
});

describe('a saga that is still at work', () => {
  // A laptop is slow, and what is begun anew beside it takes it over.
  const quick = stageNames.filter((name) => stages[name].timeoutFactor === 1);

  it.each(quick)('is not taken for dead in stage %s', (name) => {
    const worstMs = sagaNames.map((saga) => worstCaseOf(sagas[saga]).totalMs);
    expect(quick).toHaveLength(2);
    expect(stages[name].stuckAfterMs).toBeGreaterThan(2 * Math.max(...worstMs));
  });
});

describe('the target of a deployment', () => {
  const { local, prod } = stages;

  it('is the local account for the local stage, whatever else is set', () => {
    expect(targetOf(local, {})).toEqual({
      account: '000000000000',
      region: 'us-east-1',
      endpoint: 'http://127.0.0.1:4566',
    });
    expect(targetOf(local, { AWS_ENDPOINT_URL: 'http://localhost:9/' }).endpoint).toBe(
      'http://localhost:9',
    );
  });

  it('is never another machine or a real account for the local stage', () => {
    for (const url of ['https://dynamodb.eu-west-1.amazonaws.com', 'http://10.0.0.1:4566', 'x']) {
      expect(() => targetOf(local, { AWS_ENDPOINT_URL: url })).toThrow('must be a loopback URL');
    }
    expect(() => targetOf(local, { CDK_DEFAULT_ACCOUNT: '111111111111' })).toThrow(
      "the credentials are another account's",
    );
  });

  it('is never an emulator for the other stages', () => {
    expect(() => targetOf(prod, { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' })).toThrow('unset it');
    expect(
      targetOf(prod, { CDK_DEFAULT_ACCOUNT: '111111111111', CDK_DEFAULT_REGION: 'eu-west-1' }),
    ).toEqual({ account: '111111111111', region: 'eu-west-1', endpoint: null });
  });

  it('gives an API its URL, without a slash at the end', () => {
    const api = { restApiId: 'abc', stageName: 'v1', awsUrl: 'https://abc.example.com/v1/' };
    expect(apiUrlOf(targetOf(prod, {}), api)).toBe('https://abc.example.com/v1');
    expect(apiUrlOf(targetOf(local, {}), api)).toBe(
      'http://127.0.0.1:4566/_aws/execute-api/abc/v1',
    );
  });
});
