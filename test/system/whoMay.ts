import { readFileSync } from 'node:fs';
import { credentialsFor } from '../../sandbox/iam/credentials.ts';
import { createRole } from '../../sandbox/iam/roles.ts';
import { environmentOf, firebreak, type Ran } from './firebreak.ts';
import type { Stage } from './stage.ts';

/** The actions that docs/operations.md names for a command, below "Who may". */
export function documented(command: string): readonly string[] {
  const [, table = ''] = readFileSync('docs/operations.md', 'utf8').split('\n## Who may\n');
  const row = table.split('\n').find((line) => line.split(' | ')[0]?.includes(`\`${command}\``));
  return [...(row ?? '').matchAll(/`([a-z0-9]+:[A-Za-z]+)`/g)].map(([, action = '']) => action);
}

/** The commands of somebody who may do this and nothing else. */
export function allowed(stage: Stage, name: string, Action: readonly string[]) {
  const { account } = stage;
  const Principal = { AWS: `arn:aws:iam::${account.id}:root` };
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: [...Action], Resource: '*' }] };
  createRole(account, {
    name,
    arn: `arn:aws:iam::${account.id}:role/${name}`,
    trust: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] },
    policies: [{ name: 'may', document }],
  });
  const { accessKeyId, secretAccessKey, sessionToken } = credentialsFor(account, name, 'ann');
  const env = environmentOf(account, { accessKeyId, secretAccessKey, sessionToken });
  return (...args: readonly string[]): Promise<Ran> => firebreak(args, { env });
}
