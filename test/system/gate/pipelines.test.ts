import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { credentialsFor } from '../../../sandbox/iam/credentials.ts';
import { createRole } from '../../../sandbox/iam/roles.ts';
import { sarifProblems } from '../../cli/gate/sarifShape.ts';
import { parseXml } from '../../cli/gate/xml.ts';
import { policyOf } from '../../sandbox/services/throughDoor.ts';
import { bin, environmentOf, firebreak } from '../firebreak.ts';
import { run } from '../run.ts';
import type { Stage } from '../stage.ts';
import { hasTool } from '../tools.ts';
import { page, permissions, snippets } from './snippets.ts';
import { named, openGateStage } from './world.ts';

const stageName = 'dev';
/** The page deploys to `prod`, in eu-west-1; this stage is another. */
const moved = (text: string): string =>
  text
    .replaceAll('--stage prod', `--stage ${stageName}`)
    .replaceAll('/prod/', `/${stageName}/`)
    .replaceAll('eu-west-1', 'us-east-1');

/** What a report that was written says of the verdict. */
const sound: Readonly<Record<string, (text: string, exit: number) => void>> = {
  'gate.sarif': (text, exit) => {
    expect(sarifProblems(JSON.parse(text))).toEqual([]);
    expect(JSON.parse(text).runs[0].properties.exit).toBe(exit);
  },
  'gate.json': (text, exit) => expect(JSON.parse(text)).toMatchObject({ exit }),
  'gate.xml': (text, exit) => expect(parseXml(text.trimEnd()).attributes['failures']).toBe(exit === 1 ? '1' : '0'),
};

describe.skipIf(!hasTool('bash', 'bash', ['--version']) || !hasTool('jq', 'jq', ['--version']))(
  'the pipelines of docs/gate.md, with a role that has the permissions of the page',
  () => {
    let stage: Stage;
    let role: Parameters<typeof environmentOf>[1];
    const root = mkdtempSync(join(tmpdir(), 'firebreak-pipeline-'));

    beforeAll(async () => {
      stage = await openGateStage();
      const { account, sandbox } = stage;
      const { outputs } = sandbox.stack;
      const table = `arn:aws:dynamodb:${account.region}:${account.id}:table/${outputs['IncidentTableName']}`;
      const written = moved(permissions()).replace('"TABLE"', JSON.stringify(table));
      const document = JSON.parse(written.replace('BUCKET', String(outputs['EvidenceBucketName'])));
      createRole(account, {
        name: 'gate',
        arn: `arn:aws:iam::${account.id}:role/gate`,
        trust: policyOf({ Effect: 'Allow', Principal: { AWS: account.id }, Action: 'sts:AssumeRole' }),
        policies: [{ name: 'gate', document }],
      });
      role = credentialsFor(account, 'gate', 'pipeline');
      // In a pipeline npx finds the package; here it is this clone.
      mkdirSync(join(root, 'bin'));
      writeFileSync(
        join(root, 'bin', 'npx'),
        `#!/bin/sh\n[ "$1" = firebreak ] && shift && exec ${process.execPath} ${bin} "$@"\nexit 127\n`,
      );
      chmodSync(join(root, 'bin', 'npx'), 0o755);
    });
    afterAll(async () => {
      await stage[Symbol.asyncDispose]();
      rmSync(root, { recursive: true });
    });

    it('are three', () => {
      expect(snippets().map(({ file }) => file)).toEqual([
        '.github/workflows/gate.yml',
        'buildspec.yml',
        '.gitlab-ci.yml',
      ]);
    });

    const cells = snippets().flatMap((snippet) =>
      (
        [
          ['clean', 0],
          ['critical', 1],
        ] as const
      ).map(([image, exit]) => ({ ...snippet, image, exit })),
    );
    it.each(cells)('$file ends with $exit for an image that is $image, and leaves its artefacts', async (cell) => {
      const { file, script, shell, artefacts, image, exit } = cell;
      const cwd = mkdtempSync(join(root, 'work-'));
      const output = join(cwd, 'output');
      const env = {
        ...{ PATH: `${join(root, 'bin')}:${process.env['PATH']}`, HOME: root },
        ...{
          AWS_CONFIG_FILE: '/dev/null',
          AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
          AWS_EC2_METADATA_DISABLED: 'true',
        },
        ...environmentOf(stage.account, role),
        ...{ IMAGE: named(image), GITHUB_OUTPUT: output },
      };
      const [command = '', ...options] = shell;
      const ran = await run(command, [...options, '-c', moved(script)], { env, cwd });
      expect({ file, exit: ran.exit, err: exit === 0 ? ran.err : '' }).toEqual({ file, exit, err: '' });
      expect(ran.out).toMatch(exit === 0 ? /^PASSED: / : /^BLOCKED: /);
      expect(artefacts.length).toBeGreaterThan(0);
      for (const name of artefacts) sound[name]?.(readFileSync(join(cwd, name), 'utf8'), exit);
      expect(artefacts.filter((name) => sound[name] === undefined)).toEqual([]);
      const pinned = exit === 0 && file.includes('github');
      expect(existsSync(output) ? readFileSync(output, 'utf8') : '').toMatch(
        pinned ? /^image=.*@sha256:1{64}\n$/ : /^$/,
      );
    });

    it('need all that the page grants, but what Inspector alone is asked for, and what settings want to know of revoked signatures', async () => {
      await firebreak(['gate', named('index')], { env: environmentOf(stage.account, role) });
      const asked = new Set(
        stage.account.trail.filter(({ principal }) => principal.includes('role/gate/')).map(({ action }) => action),
      );
      const granted = [...permissions().matchAll(/"([a-z0-9]+:[A-Z]\w+)"/g)].map(([, action = '']) => action);
      const ofSigned = ['ecr:GetDownloadUrlForLayer', 'signer:GetRevocationStatus'];
      expect(granted.filter((action) => !asked.has(action))).toEqual([...ofSigned, 'inspector2:ListFindings']);
    });
  },
);

it('the settings of docs/gate.md can be published', async () => {
  const [, text = ''] = /```yaml\n(images:\n[\s\S]*?)```/.exec(page) ?? [];
  await using stage = await openGateStage(text);
  const { exit, out } = await firebreak(['gate', named('clean'), '--json'], { env: environmentOf(stage.account) });
  expect({ exit, verdict: JSON.parse(out).verdict }).toEqual({ exit: 1, verdict: 'blocked' });
});
