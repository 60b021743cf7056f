import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ShellBlock, shellBlocks } from '../docs/blocks.ts';
import { openPageShell, type PageShell } from '../docs/pageShell.ts';
import { type SandboxProcess, startSandboxProcess } from '../system/sandboxProcess.ts';
import { hasTool } from '../system/tools.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const page = readFileSync(new URL('../../docs/deployment.md', import.meta.url), 'utf8')
  // The stage that there is on the embedded account.
  .replace('STAGE=prod REGION=eu-west-1', 'STAGE=dev REGION=us-east-1');
const hasBash = hasTool('bash', 'bash', ['--version']);
const hasAws = hasTool('the aws CLI', 'aws', ['--version']);

const scanning = 'aws ecr get-registry-scanning-configuration --query scanningConfiguration --output json';
const rule = (scanFrequency: string, filter: string) => [
  { scanFrequency, repositoryFilters: [{ filter, filterType: 'WILDCARD' }] },
];

/** Whoever reads this line on AWS calls AWS; here nobody listens, and the CLI says so once it has understood the line. */
const asked = (block: ShellBlock): readonly ShellBlock[] =>
  block.text
    .split('\n')
    .filter((line) => line.startsWith('aws '))
    .map((line) => ({
      ...block,
      text: `AWS_MAX_ATTEMPTS=1 ${line.split(' | ')[0]} --endpoint-url http://127.0.0.1:9 || true`,
      prints: '…\nCould not connect to the endpoint URL: …\n…',
    }));

describe.skipIf(!hasBash)('docs/deployment.md, pasted block after block', () => {
  let sandbox: SandboxProcess;
  let shell: PageShell;
  beforeAll(async () => {
    sandbox = await startSandboxProcess('--observe', '--speed', '60');
    shell = await openPageShell(root, sandbox.env);
  });
  afterAll(async () => {
    await shell?.close();
    await sandbox?.stop();
  });

  it('says what happens on the embedded account, and what the aws CLI understands', async () => {
    for (const block of shellBlocks(page)) {
      if (block.way === undefined) await shell.paste(block);
      if (block.way === 'aws' && hasAws) await shell.paste(block);
      if (block.way === 'on-aws' && hasAws) for (const line of asked(block)) await shell.paste(line);
    }
  });

  it.skipIf(!hasAws).each([
    { before: { scanType: 'ENHANCED', rules: rule('CONTINUOUS_SCAN', 'prod*') }, isSet: false },
    { before: { scanType: 'ENHANCED', rules: [] }, isSet: false },
    { before: { scanType: 'BASIC', rules: rule('SCAN_ON_PUSH', 'prod*') }, isSet: false },
    { before: { scanType: 'BASIC', rules: [] }, isSet: true },
  ])('sets rules of scanning only where there are none: $before', async ({ before, isSet }) => {
    const [block, ...more] = shellBlocks(page).filter(({ text }) => text.includes('put-registry-scanning'));
    if (block === undefined) throw new Error('The page sets no rules of scanning');
    expect(more).toEqual([]);
    const put = `aws ecr put-registry-scanning-configuration --scan-type ${before.scanType}`;
    await shell.paste({ ...block, text: `${put} --rules '${JSON.stringify(before.rules)}'` });
    await shell.paste(block);
    const after = isSet ? { ...before, rules: rule('SCAN_ON_PUSH', '*') } : before;
    await shell.paste({ ...block, text: scanning, prints: JSON.stringify(after, null, 4) });
  });
});
