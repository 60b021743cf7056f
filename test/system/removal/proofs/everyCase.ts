import { expectThat } from '../../../../cli/demo/scenario.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { catalogue } from '../../../../shared/actions/catalogue.ts';
import { type ActionCase, actionCases, endsAs, incidentIn, rulesFor } from '../../../actions/actionCase.ts';
import { openStage } from '../../stage.ts';
import type { Proof } from '../proof.ts';

const place = { account: '123456789012', region: 'us-east-1' };

/** `EcrSetTagImmutability`, as the statement of an action is called. */
const statementOf = (action: string): string =>
  action
    .split(/[.-]/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');

/** An action is done and, where that can be taken back, undone in one of its ways, and what it changes is as it was. */
const proofOf = (of: ActionCase, world: ActionCase['world'], way: string): Proof => ({
  name: `${of.action} is done${way}, and undone`,
  near: new RegExp(`ResponderRole: ${statementOf(of.action)}`),
  happen: async (template) => {
    await using stage = await openStage({
      template,
      rules: rulesFor([of]),
      world: worldSchema.parse({ ...place, ...world({}) }),
    });
    const before = JSON.stringify(of.truth(stage.account));
    stage.deliver(of.finding(stage));
    await stage.settle();
    expectThat(JSON.stringify(of.truth(stage.account)) !== before, `nothing was changed: ${before}`);
    const ended = stage.heads().find(({ incident }) => incident === incidentIn(of, place))?.outcome;
    const facts = catalogue.find(({ name }) => name === of.action)?.facts;
    expectThat(facts !== undefined && ended === endsAs(facts), `it ended as ${ended}`);
    if (of.byHand === undefined) return;
    if (of.undoAfter !== undefined) await stage.pass(of.undoAfter);
    await stage.undo(incidentIn(of, place));
    await stage.settle();
    const after = JSON.stringify(of.truth(stage.account));
    expectThat(after === before, `after the undo it is ${after}, and was ${before}`);
  },
});

/** Each action that has a case, in each of its ways. */
export const everyCase: readonly Proof[] = actionCases.flatMap((of) => [
  proofOf(of, of.world, ''),
  ...(of.otherWorld === undefined ? [] : [proofOf(of, of.otherWorld, ' in its other way')]),
]);
