/**
 * `npm run bench:storm`: ten thousand events at once, a thousand different ones, each ten times and shuffled, on the embedded account.
 * First all are taken in while the runs they start wait; then the runs go, so many at a time. Prints the rates beside their goals,
 * and memory as it goes; ends with 1 where executions and incidents differ, with 2 when it could not be played.
 */
import { parseArgs } from 'node:util';
import { wholeNumber } from '../tools/wholeNumber.ts';
import { type Aftermath, differences, playStorm, type Storm } from './stormPlay.ts';

const RECORDED_GOAL = 300;
const RUNS_GOAL = 8;

function wanted(): Storm {
  const { values } = parseArgs({
    options: {
      events: { type: 'string', default: '1000' },
      times: { type: 'string', default: '10' },
      'at-once': { type: 'string', default: '8' },
      seed: { type: 'string', default: '1' },
    },
  });
  return {
    distinct: wholeNumber(values.events, 'events', 1),
    times: wholeNumber(values.times, 'times', 1),
    atOnce: wholeNumber(values['at-once'], 'at-once', 1),
    seed: wholeNumber(values.seed, 'seed'),
  };
}

function report({ distinct, times, atOnce, seed }: Storm, after: Aftermath): string {
  const { executions, incidents, archived, records } = after;
  const lines = [
    `${distinct * times} events, ${distinct} different ones, each ${times} times, shuffled by seed ${seed}`,
    `to recorded   ${after.recordedPerSecond.toFixed(0).padStart(5)} events/s   goal ${RECORDED_GOAL}`,
    `to outcome    ${after.runsPerSecond.toFixed(1).padStart(5)} runs/s     goal ${RUNS_GOAL}   (${atOnce} at a time)`,
    `executions    ${executions}, incidents ${incidents}, images archived ${archived}, records ${records}`,
    `memory        ${after.memory.join(' → ')} MB (opened, recorded, then each quarter of the runs)`,
  ];
  return `${lines.join('\n')}\n`;
}

try {
  const storm = wanted();
  const after = await playStorm(storm);
  process.stdout.write(report(storm, after));
  const wrong = differences(storm, after);
  for (const one of wrong) process.stderr.write(`bench:storm: ${one}\n`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`bench:storm: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
