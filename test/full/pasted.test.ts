import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AS_ENTRY } from '../../cli/sandbox/ready.ts';
import { firebreakGroup } from '../system/endings.ts';
import { bin } from '../system/firebreak.ts';
import type { ProcessGroup } from '../system/processGroup.ts';
import { run } from '../system/run.ts';
import { withoutAws } from '../system/sandboxProcess.ts';
import { incidentOf, unused } from '../system/scan.ts';
import { hasTool } from '../system/tools.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const world = here('../system/payments.account.yaml');
const events = here('../../events');
/** On that image: nothing runs it. */
const critical = join(events, 'ecr-scan-critical.json');

const tools = [
  hasTool('the aws CLI', 'aws', ['--version']),
  hasTool('bash', 'bash', ['--version']),
  hasTool('jq', 'jq', ['--version']),
];

/** A terminal beside the one in which it runs, into which was pasted what it printed. */
describe.skipIf(tools.includes(false))('what firebreak sandbox prints, pasted into a shell', () => {
  let group: ProcessGroup;
  let folder: string;
  let printed: string;
  let setUp: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'firebreak-pasted-'));
    group = firebreakGroup('sandbox', '--account', world, '--speed', '30', '--log', join(folder, 'calls.jsonl'));
    printed = await group.printed(/^Ctrl-C ends it/m);
    setUp = printed
      .split('\n')
      .filter((line) => /^ {2}(export |aws\(\))/.test(line))
      .join('\n');
  });
  afterAll(() => {
    group?.[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What a line of the shell printed; it must have gone well. */
  async function shell(line: string): Promise<string> {
    const script = `set -e\n${setUp}\nexport AWS_PAGER=\n${line}`;
    const { exit, out, err } = await run('bash', ['-c', script], { env: withoutAws() });
    expect({ line, exit, err }).toEqual({ line, exit: 0, err: '' });
    return out.trim();
  }

  it('puts an event of AWS onto the bus, which is contained, as firebreak incidents shows', async () => {
    const line = printed.split('\n').find((one) => one.includes('aws events put-events')) ?? '';
    expect(JSON.parse(await shell(line.replace('event.json', critical)))).toMatchObject({ FailedEntryCount: 0 });
    const incidents = `'${process.execPath}' '${bin}' incidents list --stage dev --json`;
    await expect
      .poll(async () => JSON.parse(await shell(incidents)).incidents, { timeout: 120_000, interval: 1000 })
      .toEqual([expect.objectContaining({ incident: incidentOf(unused), outcome: 'contained' })]);
    const image = `--repository-name ${unused.repository} --image-ids imageDigest=${unused.digest}`;
    const status = `aws ecr describe-images ${image} --filter imageStatus=ANY --query imageDetails[0].imageStatus`;
    expect(JSON.parse(await shell(status))).toBe('ARCHIVED');
  });

  it.each([
    ['aws ecs describe-services --cluster prod --services ledger', '"runningCount": 3'],
    ['aws ssm get-parameters-by-path --path /firebreak/dev --recursive', '/firebreak/dev/rules/image-critical'],
    ['aws dynamodb scan --table-name "$(aws dynamodb list-tables --query TableNames[0] --output text)"', unused.digest],
    ['aws sqs list-queues', '/123456789012/firebreak-dev-'],
    ['aws sns list-topics', 'arn:aws:sns:us-east-1:123456789012:'],
    ['aws logs filter-log-events --log-group-name /aws/lambda/firebreak-dev-decide', 'REPORT RequestId'],
  ])('%s', async (line, says) => {
    expect(await shell(line)).toContain(says);
  });

  it('reads what the run did, state by state', async () => {
    const machine = '$(aws stepfunctions list-state-machines --query stateMachines[0].stateMachineArn --output text)';
    const list = `aws stepfunctions list-executions --state-machine-arn "${machine}"`;
    const { executions } = JSON.parse(await shell(list));
    // Beside it there are those of the canary.
    const inputs = `aws stepfunctions describe-execution --query input --output text --execution-arn`;
    const ofScan: string[] = [];
    for (const { executionArn, status } of executions) {
      expect(status).toBe('SUCCEEDED');
      if ((await shell(`${inputs} ${executionArn}`)).includes('"incident":"image/')) ofScan.push(executionArn);
    }
    expect(ofScan).toHaveLength(1);
    const [arn = ''] = ofScan;
    const types = await shell(
      `aws stepfunctions get-execution-history --execution-arn ${arn} --query 'events[].type' --output text`,
    );
    expect(types).toMatch(/^ExecutionStarted\b.*\bExecutionSucceeded$/s);
  });

  it('reads what a role may do', async () => {
    const role = `$(aws iam list-roles --query "Roles[?contains(RoleName,'ActRole')].RoleName" --output text)`;
    const names = `$(aws iam list-role-policies --role-name "$role" --query PolicyNames[0] --output text)`;
    const policy = 'aws iam get-role-policy --role-name "$role" --policy-name "$name"';
    const { PolicyDocument } = JSON.parse(await shell(`role=${role}\nname=${names}\n${policy}`));
    expect(PolicyDocument).toMatchObject({ Version: '2012-10-17', Statement: expect.any(Array) });
  });

  it('puts every file of events/, several at a time', async () => {
    const files = readdirSync(events).filter((name) => name.endsWith('.json'));
    expect(files.length).toBeGreaterThan(40);
    for (let from = 0; from < files.length; from += 10) {
      const some = files.slice(from, from + 10).map((name) => join(events, name));
      const entries = `jq -s '${AS_ENTRY.replace('[', '[.[]|')}' ${some.join(' ')}`;
      const answer = JSON.parse(await shell(`aws events put-events --entries "$(${entries})"`));
      expect(answer).toMatchObject({ FailedEntryCount: 0 });
      expect(answer.Entries).toHaveLength(some.length);
    }
  });

  it('has told of every call in its log, a line each, and ends', async () => {
    group.signal('SIGINT');
    expect(await group.ended).toEqual([0, null]);
    const lines = readFileSync(join(folder, 'calls.jsonl'), 'utf8').trimEnd().split('\n');
    const calls = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(calls).toContainEqual({
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      principal: 'arn:aws:iam::123456789012:root',
      action: 'events:PutEvents',
      resource: 'arn:aws:events:us-east-1:123456789012:event-bus/default',
      result: 'ok',
      denied: false,
    });
    expect(calls).toContainEqual(expect.objectContaining({ action: 'ecr:UpdateImageStorageClass', result: 'ok' }));
  });
});
