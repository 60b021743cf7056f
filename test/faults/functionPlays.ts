import { type World, worldSchema } from '../../sandbox/world/schema.ts';
import { functionThreat } from '../system/functionThreat.ts';
import type { Play } from './play.ts';

const mining = 'faults-mining';

/** A function that somebody is inside. */
export const functionWorld = (): Pick<World, 'functions'> => worldSchema.parse({ functions: [{ name: mining }] });

/** Nobody is asked before it is stopped. */
export const functionRules: { readonly [name: string]: string } = {
  functions: `name: functions
when:
  source: [guardduty]
  resource: { kind: [function] }
  status: [open]
do:
  - lambda.stop-invocations
mode: enforce
`,
};

export const functionPlays: readonly Play[] = [
  {
    name: 'function',
    title: 'a function that talks to a command-and-control server',
    begin: (stage) => stage.deliver(functionThreat(stage, mining)),
    incident: `function/123456789012/us-east-1/arn:aws:lambda:us-east-1:123456789012:function:${mining}`,
    ends: { outcome: 'contained', pages: 1, stands: ['lambda.stop-invocations'] },
    done: ({ settings }) => settings[`concurrency of ${mining}`] === '0',
    mayChange: { settings: [`concurrency of ${mining}`] },
  },
];
