import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { serverlessLine } from '../deploy/clone.ts';
import { mails, region, stage } from '../deploy/play.ts';
import { run } from '../system/run.ts';
import { hasTool } from '../system/tools.ts';
import { shellBlocks } from './blocks.ts';

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const hasBash = hasTool('bash', 'bash', ['--version']);

describe.each(['docs/deployment.md', 'docs/rules.md'])('%s', (path) => {
  const blocks = shellBlocks(read(path));

  it.skipIf(!hasBash)('has blocks that bash can read', async () => {
    expect(blocks.length).toBeGreaterThan(10);
    for (const { line, text } of blocks) {
      const { exit, err } = await run('bash', ['-n'], { stdin: text });
      expect({ line, exit, err }).toEqual({ line, exit: 0, err: '' });
    }
  });

  it('leads to pages and headings that are there', () => {
    for (const [, to = ''] of read(path)
      .replaceAll(/```.*?```/gs, '')
      .matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
      const [file = '', anchor] = to.split('#');
      const page = read(file === '' ? path : new URL(file, `file:///${path}`).pathname.slice(1));
      const headings = [...page.matchAll(/^#+ (.*)$/gm)].map(([, text = '']) =>
        text
          .toLowerCase()
          .replaceAll(/[^\w\- ]/g, '')
          .replaceAll(' ', '-'),
      );
      if (anchor !== undefined) expect(headings, to).toContain(anchor);
    }
  });
});

it('docs/deployment.md sets what replaces all that is there in a block of its own, which looks first', () => {
  const [setting, ...more] = shellBlocks(read('docs/deployment.md')).filter(({ text }) =>
    text.includes('put-registry-scanning-configuration'),
  );
  expect(more).toEqual([]);
  expect(setting?.text.split('\n')).toEqual([
    expect.stringMatching(/^\[ "\$\(aws ecr get-registry-scanning-configuration .*\)" != True \] \|\|$/),
    expect.stringMatching(/^aws ecr put-registry-scanning-configuration /),
  ]);
});

it('docs/operations.md names each queue of dead letters', () => {
  const queues = readdirSync(fileURLToPath(new URL('../../resources', import.meta.url)))
    .filter((file) => file.endsWith('.yml'))
    .flatMap((file) =>
      [...read(`resources/${file}`).matchAll(/^ {2}(\w+DeadLetters):$/gm)].map(([, name = '']) => name),
    );
  expect(queues.length).toBeGreaterThan(6);
  const page = read('docs/operations.md');
  expect(queues.filter((name) => !page.includes(name))).toEqual([]);
});

describe('the deployments that the pages tell of', () => {
  const filled = (line: string): string =>
    line
      .replaceAll('"', '')
      .replaceAll('$STAGE', stage)
      .replaceAll('$REGION', region)
      .replaceAll('$MAIL', 'you@example.com');
  const told = ['README.md', 'docs/operations.md', 'docs/deployment.md'].map((path) => ({
    path,
    lines: [...read(path).matchAll(/npx serverless [^`\n]*/g)].map(([line]) => filled(line.trim())),
  }));

  it.each([
    ['deploy', mails],
    ['remove', []],
  ])('%s as it is tried against moto', (command, parameters) => {
    const tried = serverlessLine(command, stage, region, parameters).join(' ');
    for (const { path, lines } of told) expect(lines, path).toContain(tried);
  });

  it('are else the same with another stage, Region or mode', () => {
    const known =
      /^npx serverless (deploy --stage \w+ --region [\w-]+ --param=onCallEmail=you@example\.com( --param=defaultMode=(observe|enforce))?|remove --stage \w+ --region [\w-]+)$/;
    expect(told.flatMap(({ lines }) => lines).filter((line) => !known.test(line))).toEqual([]);
  });
});
