import { expectThat } from '../../../../cli/demo/scenario.ts';
import { archivedEvents } from '../../archived.ts';
import { everySource, sources } from '../../sources.ts';
import { openStage } from '../../stage.ts';
import { expectAlarm, expectTold, type Proof } from '../proof.ts';

/** Another than that of the other proofs: what is archived is kept by its day, and no year is special. */
const anotherYear = new Date('2027-03-01T09:00:00Z');

/** The demo proves the source that it plays; this proves the others, too. */
export const takenIn: readonly Proof[] = sources.map((source) => ({
  name: `an event of ${source.name} leads to an incident, a run and a message, and is archived; one that cannot be read is kept, and pages`,
  near: new RegExp(`^${source.name}`, 'i'),
  happen: async (template) => {
    await using stage = await openStage({ template, rules: everySource, startAt: anotherYear });
    const event = source.event(stage);
    stage.deliver(event);
    stage.deliver(source.malformed(stage));
    // The sweep would start the run after five minutes.
    await stage.pass(60);
    expectTold(stage, source);
    const isArchived = archivedEvents(stage).some(({ id }) => id === event['id']);
    expectThat(isArchived, `the event of ${source.name} is not in the archive`);
    await stage.pass(10 * 60);
    expectAlarm(stage, source.alarm, 'page');
  },
}));
