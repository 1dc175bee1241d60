import { describe, expect, it } from 'vitest';
import { stageNames, stageOf, stages } from './stages.ts';
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

  it('goes by its own name', () => {
    expect(stageNames.map((name) => stages[name].name)).toEqual([...stageNames]);
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
