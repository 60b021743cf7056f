import { expectThat } from '../../../../cli/demo/scenario.ts';
import { lambdaFigures } from '../../../../sandbox/services/lambda/figures.ts';
import { logsState } from '../../../../sandbox/services/logs/groups.ts';
import { commandEnded } from '../../hosts/wakes.ts';
import { running } from '../../scan.ts';
import { everySource, sources } from '../../sources.ts';
import { openStage } from '../../stage.ts';
import { WebPage } from '../../webPage.ts';
import { type Proof, stopFirstRun } from '../proof.ts';

export const logs: Proof = {
  name: 'every function runs, and what it says is in its log group',
  near: /Logs: /,
  happen: async (template) => {
    await using stage = await openStage({ template, rules: everySource, settings: 'images: {}\n', web: true });
    stage.scan(running);
    await stopFirstRun(stage);
    for (const { event } of sources) stage.deliver(event(stage));
    stage.deliver(commandEnded(stage, 'nobody-knows-it'));
    // The inventory comes once an hour, at a minute of its own.
    await stage.pass(20 * 60);
    const web = new WebPage(stage);
    expectThat(web.address !== '', 'the console has no address');
    // Whoever is not signed in is refused, which is logged.
    await web.get('/incidents');
    const { groups } = logsState(stage.account);
    for (const [name, { invocations }] of Object.entries(lambdaFigures(stage.account).functions)) {
      expectThat(invocations > 0, `${name} has not run`);
      const streams = [...(groups.get(`/aws/lambda/${name}`)?.streams.values() ?? [])];
      expectThat(
        streams.some(({ events }) => events.length > 0),
        `${name} has left no log`,
      );
    }
  },
};
