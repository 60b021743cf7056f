import type { Check } from './check.ts';
import { alarms } from './checks/alarms.ts';
import { canary } from './checks/canary.ts';
import { configRecorder } from './checks/configRecorder.ts';
import { consumers } from './checks/consumers.ts';
import { deadLetters } from './checks/deadLetters.ts';
import { ecrScanning } from './checks/ecrScanning.ts';
import { eksAccess } from './checks/eksAccess.ts';
import { eventRules } from './checks/eventRules.ts';
import { functions } from './checks/functions.ts';
import { guardDuty } from './checks/guardDuty.ts';
import { guardDutyCoverage } from './checks/guardDutyCoverage.ts';
import { guardDutyRuntime } from './checks/guardDutyRuntime.ts';
import { inspector } from './checks/inspector.ts';
import { inventory } from './checks/inventory.ts';
import { machine } from './checks/machine.ts';
import { messages } from './checks/messages.ts';
import { pauses } from './checks/pauses.ts';
import { roles } from './checks/roles.ts';
import { ruleSet } from './checks/ruleSet.ts';
import { runs } from './checks/runs.ts';
import { schedules } from './checks/schedules.ts';
import { stack } from './checks/stack.ts';
import { subscriptions } from './checks/subscriptions.ts';
import { waitingMessages } from './checks/waitingMessages.ts';

/** Everything that is looked at, on the way of a finding: who finds, what brings it, what decides and acts, who is told. */
export const checks: readonly Check[] = [
  guardDuty,
  guardDutyRuntime,
  guardDutyCoverage,
  inspector,
  ecrScanning,
  configRecorder,
  stack,
  eventRules,
  waitingMessages,
  consumers,
  deadLetters,
  functions,
  roles,
  eksAccess,
  machine,
  schedules,
  ruleSet,
  pauses,
  canary,
  runs,
  inventory,
  messages,
  subscriptions('page'),
  subscriptions('notice'),
  subscriptions('digest'),
  alarms,
];
