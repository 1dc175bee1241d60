import { describe, expect, it } from 'vitest';
import { UsageError } from '../program/exit.ts';
import { requestOf } from '../program/program.ts';
import { deploy, deployToAws } from './deploy-aws.ts';

const parseStage = (args: readonly string[]) => requestOf(deploy, args, { user: 'me', nowMs: 0 });

describe('a deployment to AWS', () => {
  it('takes its stage, and leaves the rest to cdk', () => {
    expect(parseStage(['--profile', 'me', '--stage', 'dev', '--ci'])).toEqual({
      stage: 'dev',
      rest: ['--profile', 'me', '--ci'],
    });
  });

  it.each([
    ['no stage', []],
    ['a stage without a name', ['--stage']],
    ['the local stage', ['--stage', 'local']],
    ['a stage that is none', ['--stage', 'production']],
  ])('refuses %s', (_name, args) => {
    expect(() => parseStage(args)).toThrow(UsageError);
  });

  it.each(['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3'])('refuses while %s is set', async (name) => {
    process.env[name] = 'http://127.0.0.1:4566';
    try {
      await expect(async () => deployToAws({ stage: 'dev', rest: [] })).rejects.toThrow(name);
    } finally {
      delete process.env[name];
    }
  });
});
