import { expectThat } from '../../../../cli/demo/scenario.ts';
import { withoutMinutes } from '../../../../cli/playedTemplate.ts';
import { type FaultRule, faults } from '../../../../sandbox/faults/faults.ts';
import { foundBy, noted, openInventory, policy } from '../../inventory/world.ts';
import { openStage } from '../../stage.ts';
import { expectAlarm, type Proof } from '../proof.ts';

const hour = 3600;

export const runningImages: Proof = {
  name: 'what runs and the settings refuse is found, all of it could be read, and a day later it is looked at again',
  near: /^Inventory(?!ErrorAlarm)/,
  happen: async (template) => {
    const settings = policy.replace('maxAgeDays: 90', 'maxAgeDays: 100');
    await using stage = await openInventory(settings, { template: withoutMinutes(template) });
    await stage.pass(hour);
    const expected = [
      ...['functions/resize too-old', 'functions/resize unscanned', 'functions/resize unsigned'],
      ...['library/nginx unapproved-registry', 'payments/far across-regions', 'payments/old too-old'],
      ...['payments/unscanned unscanned', 'payments/unsigned unsigned'],
      'payments/withdrawn revoked',
    ].map((one) => `${one} open`);
    expectThat(foundBy(stage).join() === expected.join(), `found: ${foundBy(stage).join(', ')}`);
    const { unread } = noted(stage);
    expectThat(unread.length === 2, `not read: ${unread.join(' ')}`);
    await stage.pass(24 * hour);
    expectThat(noted(stage).writes === 2, `looked ${noted(stage).writes} times`);
  },
};

export const failingInventory: Proof = {
  name: 'an inventory that fails for two hours is for working hours',
  near: /^InventoryErrorAlarm/,
  happen: async (template) => {
    await using stage = await openStage({ template: withoutMinutes(template) });
    const untold = (): boolean => stage.told().every(({ subject }) => !subject.includes('inventory-errors'));
    const fail: FaultRule = ({ functionName }) => (/-inventory$/.test(functionName ?? '') ? 'crash-before' : undefined);
    faults(stage.account).push(fail);
    await stage.pass(hour);
    faults(stage.account).splice(0);
    await stage.pass(3 * hour);
    expectThat(untold(), 'one hour that failed was told');
    faults(stage.account).push(fail);
    await stage.pass(4 * hour);
    expectAlarm(stage, 'inventory-errors', 'notice');
  },
};
