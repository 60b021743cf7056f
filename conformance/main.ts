/** `npm run conformance [-- [--json] [SERVICE …]]`: the sandbox's answers beside those of an independent implementation. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Compared, compare } from './compare.ts';
import { judge, readKnown } from './known.ts';
import { openMoto } from './moto.ts';
import { playOurs } from './ours.ts';
import type { Answer } from './play.ts';
import { alone, exitCode, json, type Report, text } from './report.ts';
import type { Script } from './script.ts';
import { scripts } from './scripts.ts';

const file = new URL('differences.yaml', import.meta.url);

function chosen(names: readonly string[]): readonly Script[] {
  const services = [...new Set(scripts.map(({ service }) => service))];
  const unknown = names.find((name) => !services.includes(name));
  if (unknown === undefined) return scripts.filter(({ service }) => names.length === 0 || names.includes(service));
  throw new Error(`there is no script for ${unknown}; there is one for ${services.join(', ')}`);
}

async function run(wanted: readonly Script[]): Promise<Report> {
  const ours = new Map<Script, readonly Answer[]>();
  for (const script of wanted) ours.set(script, await playOurs(script));
  const answers = [...ours].map(([{ service }, all]) => ({ service, answers: all }));
  const moto = await openMoto();
  if (moto === undefined) return alone(answers);
  const compared: Compared[] = [];
  try {
    for (const [script, own] of ours) {
      compared.push(compare(script.service, own, await moto.play(script)));
    }
  } finally {
    await moto.close();
  }
  return { compared, ...judge(compared, readKnown(readFileSync(file, 'utf8'))), answers };
}

const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true });
try {
  const report = await run(chosen(positionals));
  process.stdout.write(values.json ? json(report) : text(report));
  process.exitCode = exitCode(report);
} catch (error) {
  process.stderr.write(`conformance: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
