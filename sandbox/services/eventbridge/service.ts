import type { Service } from '../../account.ts';
import { describeRule } from './operations/describeRule.ts';
import { listEventBuses } from './operations/listEventBuses.ts';
import { listRuleNamesByTarget } from './operations/listRuleNamesByTarget.ts';
import { listRules } from './operations/listRules.ts';
import { listTargetsByRule } from './operations/listTargetsByRule.ts';
import { putEvents } from './operations/putEvents.ts';
import { testEventPattern } from './operations/testEventPattern.ts';

/** The default bus: rules by pattern or schedule, to queues, topics and functions. */
export const eventbridgeService: Service = {
  name: 'events',
  protocol: 'json-1.1',
  target: 'AWSEvents',
  operations: {
    DescribeRule: describeRule,
    ListEventBuses: listEventBuses,
    ListRuleNamesByTarget: listRuleNamesByTarget,
    ListRules: listRules,
    ListTargetsByRule: listTargetsByRule,
    PutEvents: putEvents,
    TestEventPattern: testEventPattern,
  },
};
