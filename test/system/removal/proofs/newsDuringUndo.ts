import { expectThat } from '../../../../cli/demo/scenario.ts';
import { unused } from '../../scan.ts';
import { openStage } from '../../stage.ts';
import type { Proof } from '../proof.ts';

export const newsDuringUndo: Proof = {
  name: 'what is found during an undo has a run of its own as soon as the undo is done',
  near: /^ReportRole: StartRuns/,
  happen: async (template) => {
    await using stage = await openStage({ template });
    stage.scan(unused);
    await stage.settle();
    await stage.undo(unused);
    await stage.pass(60);
    stage.scan(unused, { counts: { CRITICAL: 13 } });
    await stage.settle();
    const [undo, next] = stage.executions().slice(1);
    const idle = (next?.startedAt ?? Number.POSITIVE_INFINITY) - (undo?.stoppedAt ?? 0);
    expectThat(idle < 1000, `the next run began ${idle / 1000} s after the undo`);
    // Without the undo's Report it is opened as after a run that died.
    expectThat(undo?.status === 'SUCCEEDED', `the undo ended as ${undo?.status}`);
  },
};
