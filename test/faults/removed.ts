import type { Template } from '../../sandbox/template/deploy.ts';
import type { Removed } from '../system/bundledWithout.ts';

/** A piece of the product that keeps a promise under some fault, and the trials of the matrix that must not hold without it. */
export interface RemovedPiece {
  readonly what: string;
  /** Where it is in the sources of the functions. */
  readonly source?: Removed;
  /** Where it is in the packaged template. */
  readonly template?: (template: Template) => Template;
  /** Names of cells; several in one trial happen together. */
  readonly trials: readonly (readonly [string, ...string[]])[];
  /** What the matrix then says. */
  readonly says: RegExp;
}

/** The state machine's definition, as text, with one state taken away or changed. */
function machine(change: (states: MachineStates) => void): (template: Template) => Template {
  return (template) => {
    const copy = structuredClone(template) as { Resources: Record<string, { Properties: { Definition?: Machine } }> };
    for (const { Properties } of Object.values(copy.Resources)) {
      if (Properties.Definition !== undefined) change(Properties.Definition.States);
    }
    return copy as Template;
  };
}

interface State {
  Type: string;
  Retry?: object[];
  Next?: string;
  Default?: string;
  ItemProcessor?: { States: MachineStates };
}
interface MachineStates {
  [name: string]: State;
}
interface Machine {
  readonly States: MachineStates;
}

const withoutPageFailure = machine((states) => {
  const { PageFailure } = states;
  if (PageFailure !== undefined) states['PageFailure'] = { Type: 'Pass', Next: 'Paged' };
});

export const removedPieces: readonly RemovedPiece[] = [
  {
    what: 'the condition of a first write',
    source: {
      file: 'shared/incident/dynamoTable.ts',
      text: "        ConditionExpression: 'attribute_not_exists(pk)',\n",
      replacement: '',
    },
    trials: [['quarantine/nothing/1/none']],
    says: /it ended as not-contained/,
  },
  {
    what: 'the before-state and "started", written before the first changing call',
    source: {
      file: 'shared/respond/standing.ts',
      text: 'const written = await writeTarget(table, record, { set: { [attribute]: changeValue(change) } }, expect);',
      replacement: 'const written = [table, record, expect, attribute].length > 0;',
    },
    trials: [['quarantine/nothing/1/none']],
    says: /on record stands nothing|without the fault/,
  },
  {
    what: 'the retries of the state machine',
    template: machine((states) => {
      for (const state of Object.values(states)) {
        delete state.Retry;
        for (const inner of Object.values(state.ItemProcessor?.States ?? {})) delete inner.Retry;
      }
    }),
    trials: [['quarantine/aws lambda:Invoke decide/1/throttled']],
    says: /it woke somebody|it ended as/,
  },
  {
    what: 'the second look at what is not there',
    source: {
      file: 'shared/respond/observe.ts',
      text: 'if (!absenceAgreed) throw',
      replacement: 'if (!absenceAgreed && lastTry) throw',
    },
    trials: [['young/nothing/1/none']],
    says: /it ended as|it is not so/,
  },
  {
    what: 'the outbox: a message is marked as sent after it was',
    source: {
      file: 'shared/respond/publish.ts',
      text: `  await effects.publisher.publish(message.tier, message.subject, body, aboutMessage(head, message));
  await markSent(effects.table, head.incident, message);`,
      replacement: `  await markSent(effects.table, head.incident, message);
  await effects.publisher.publish(message.tier, message.subject, body, aboutMessage(head, message));`,
    },
    trials: [['quarantine/report sns:Publish/1/killed-before']],
    says: /nobody was told/,
  },
  {
    what: 'the page of a run that the machinery cannot finish',
    template: withoutPageFailure,
    trials: [['quarantine/decide dynamodb:GetItem/1/denied-on']],
    says: /nobody was paged/,
  },
  {
    what: 'the page while Report does not start',
    template: withoutPageFailure,
    trials: [['shell/aws lambda:Run report/1/killed-before-on']],
    says: /nobody was paged while it was broken/,
  },
  {
    what: 'the page while an undo cannot be decided, which the page of what it undoes does not stand for',
    template: withoutPageFailure,
    trials: [['undo-miner/aws lambda:Run decide/1/killed-before-on']],
    says: /nobody was paged while it was broken/,
  },
  {
    what: 'the page while the table answers nothing',
    template: (template) => {
      const { SweepErrorAlarm, ...Resources } = template.Resources;
      return { ...template, Resources };
    },
    trials: [['shell/all dynamodb:*/1/failed-on']],
    says: /nobody was paged while it was broken/,
  },
  {
    what: 'the end of patience with a call that is not answered',
    source: { file: 'shared/platform/sdk/config.ts', text: '  requestHandler: patience,\n', replacement: '' },
    trials: [['quarantine/act ecr:UpdateImageStorageClass/1/unanswered']],
    says: /it ended as/,
  },
  {
    what: 'the stop of the accused task',
    source: {
      file: 'shared/actions/targets/stopTasks.ts',
      text: 'await client.send(new StopTaskCommand({ cluster, task, reason }));',
      replacement: '',
    },
    trials: [['shell/nothing/1/none'], ['alone/nothing/1/none']],
    says: /it ended as/,
  },
  {
    what: 'the end of trying after two dead runs',
    source: {
      file: 'shared/respond/start.ts',
      text: 'const deadRunsHeld = 2;',
      replacement: 'const deadRunsHeld = 200;',
    },
    trials: [['quarantine/decide dynamodb:GetItem/1/throttled-on']],
    says: /\d runs died, and the incident is held/,
  },
  {
    what: 'the name of an execution, which is the same for the same run',
    source: {
      file: 'shared/incident/keys.ts',
      text: 'sha256Hex(`${incident}\\n${run}`)',
      replacement: 'sha256Hex(`${incident}\\n${run}${Math.random()}`)',
    },
    trials: [['quarantine/aws events:Deliver ImageScanQueue/1/lost-after']],
    says: /more than one execution/,
  },
  {
    what: 'the look for a command of ours before one is sent',
    source: {
      file: 'shared/actions/patchHosts/changes.ts',
      text: 'return known?.CommandId ?? (await send(target, params, Comment, context));',
      replacement: 'return (known && undefined) ?? (await send(target, params, Comment, context));',
    },
    trials: [['patch/act ssm:SendCommand/1/killed-after']],
    says: /2 commands were sent/,
  },
  {
    what: 'the activation of a host whose patch has failed',
    source: {
      file: 'shared/actions/patchHosts/patchHosts.ts',
      text: 'needsEarlier: false,',
      replacement: 'needsEarlier: true,',
    },
    trials: [['patch-fails/nothing/1/none']],
    says: /the account is not as it is then/,
  },
  {
    what: 'what a run did, told though its finding was taken back before it reported',
    source: {
      file: 'shared/respond/report.ts',
      text: 'if (acted === undefined) return conclusion;',
      replacement: 'if (acted !== null) return conclusion;',
    },
    trials: [['patch/nothing/1/none']],
    says: /it ended as ignored/,
  },
  {
    what: 'the containment of what is pushed again',
    source: {
      file: 'shared/respond/standing.ts',
      text: 'if (delivered !== undefined) return containAgain(',
      replacement: 'if (delivered === null) return containAgain(',
    },
    trials: [['push-again/nothing/1/none']],
    says: /it ended as held/,
  },
];
