import { expect } from 'vitest';
import { type Ran, run } from '../system/run.ts';
import type { SandboxProcess } from '../system/sandboxProcess.ts';

/** The aws CLI of this machine, which knows nothing but an endpoint and a key. */
export interface AwsCli {
  run(...args: readonly string[]): Promise<Ran>;
  /** What it printed, which must have gone well. */
  answer(...args: readonly string[]): Promise<string>;
  /** The same, as JSON. */
  json(...args: readonly string[]): Promise<Record<string, unknown>>;
}

export function awsCli(sandbox: SandboxProcess): AwsCli {
  const env = { ...sandbox.env, AWS_PAGER: '', PYTHONIOENCODING: 'utf-8' };
  const aws: AwsCli = {
    run: (...args) => run('aws', args, { env }),
    answer: async (...args) => {
      const { exit, out, err } = await aws.run(...args);
      expect({ exit, err }).toEqual({ exit: 0, err: '' });
      return out.trim();
    },
    json: async (...args) => JSON.parse(await aws.answer(...args, '--output', 'json')),
  };
  return aws;
}

/** One value out of an answer, as text. */
export const query = (expression: string): readonly string[] => ['--query', expression, '--output', 'text'];
