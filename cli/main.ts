import { Command, CommanderError } from 'commander';
import { WorldError } from '../sandbox/world/read.ts';
import { addAcknowledge } from './acknowledgeCommand.ts';
import { addApproveIncident, addReject } from './answerCommand.ts';
import { addContain } from './containCommand.ts';
import { addDemo } from './demo/command.ts';
import { addDigest } from './digestCommand.ts';
import { addDoctor } from './doctor/command.ts';
import { addDrill } from './drill/command.ts';
import { addEvents } from './events/command.ts';
import { addExemptions } from './exemptions/command.ts';
import { addExplain } from './explain/command.ts';
import { addGate } from './gate/command.ts';
import { addHold } from './holdCommand.ts';
import { addIncidents } from './incidents/command.ts';
import { addExtend, addKeep } from './leaseCommand.ts';
import { addMatch } from './matchCommand.ts';
import { printable } from './output.ts';
import { addPage } from './pageTestCommand.ts';
import { addPause, addResume } from './pauseCommand.ts';
import { addRelease } from './releaseCommand.ts';
import { addReplay } from './replay/command.ts';
import { addRules } from './rules/command.ts';
import { addSandbox } from './sandboxCommand.ts';
import { addUndo } from './undoCommand.ts';
import { UsageError } from './usage.ts';

// Whoever reads our output may stop early (`| head`): that is no failure, and there is nobody to tell of one.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

const program = new Command('firebreak')
  .description('Contains container incidents on AWS before anyone is woken.')
  .version('0.1.0')
  .showHelpAfterError('(firebreak --help shows what there is)')
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'firebreak: ')) });

for (const add of [
  addDemo,
  addSandbox,
  addExplain,
  addReplay,
  addMatch,
  addGate,
  addRules,
  addExemptions,
  addIncidents,
  addDigest,
  addApproveIncident,
  addReject,
  addAcknowledge,
  addUndo,
  addRelease,
  addHold,
  addContain,
  addKeep,
  addExtend,
  addPause,
  addResume,
  addEvents,
  addDoctor,
  addDrill,
  addPage,
])
  add(program);

/** Sentences for a person instead of a stack trace, each on one line: they may quote a file that others wrote. */
function sentences(error: unknown): readonly string[] {
  if (error instanceof WorldError) return error.problems.map(printable);
  if (error instanceof UsageError) return [printable(error.message)];
  const name = error instanceof Error ? error.name : 'Error';
  const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
  return [`${name}: ${printable(message ?? '')}. Set FIREBREAK_DEBUG=1 to see where.`];
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    for (const sentence of sentences(error)) process.stderr.write(`firebreak: ${sentence}\n`);
    if (process.env['FIREBREAK_DEBUG'] === '1' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    process.exitCode = 2;
  }
}
