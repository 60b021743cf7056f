import type { Proof } from './proof.ts';
import { archiveEnds } from './proofs/archiveEnds.ts';
import { canaryMissed } from './proofs/canary.ts';
import { changedByHand } from './proofs/changedByHand.ts';
import { channelEdits, deadChannels, deadLettersOfChannels, everyChannel } from './proofs/channels.ts';
import { consoleAlarms } from './proofs/consoleAlarms.ts';
import { containedService } from './proofs/containedService.ts';
import { endWithoutInput, redeliveries, sweptRun } from './proofs/deadRun.ts';
import { deletedRules } from './proofs/deletedRules.ts';
import { everyCase } from './proofs/everyCase.ts';
import { everyEnd } from './proofs/everyEnd.ts';
import { everyForm } from './proofs/everyForm.ts';
import { takenIn } from './proofs/everySource.ts';
import { failingUpkeep } from './proofs/failingUpkeep.ts';
import { logs } from './proofs/logs.ts';
import { movedSecret } from './proofs/movedSecret.ts';
import { newsDuringUndo } from './proofs/newsDuringUndo.ts';
import { openRole } from './proofs/openRole.ts';
import { encrypted, ourselves } from './proofs/ourselves.ts';
import { patchedHost } from './proofs/patchedHost.ts';
import { quietIncident } from './proofs/quietIncident.ts';
import { rolledBack } from './proofs/rolledBack.ts';
import { ruleEdits } from './proofs/ruleEdits.ts';
import { failingInventory, runningImages } from './proofs/runningImages.ts';
import { stoppedFunction } from './proofs/stoppedFunction.ts';
import { tableDown } from './proofs/tableDown.ts';
import { unanswered } from './proofs/unanswered.ts';
import { undelivered } from './proofs/undelivered.ts';
import { unsentAtTheEnd, unsentUntilTheSweep } from './proofs/unsent.ts';
import { webPage } from './proofs/webPage.ts';

export const proofs: readonly Proof[] = [
  unsentAtTheEnd,
  unsentUntilTheSweep,
  ...takenIn,
  archiveEnds,
  ...everyForm,
  everyEnd,
  ...redeliveries,
  endWithoutInput,
  sweptRun,
  quietIncident,
  newsDuringUndo,
  tableDown,
  unanswered,
  undelivered,
  failingUpkeep,
  canaryMissed,
  deletedRules,
  ruleEdits,
  rolledBack,
  everyChannel,
  deadChannels,
  channelEdits,
  deadLettersOfChannels,
  logs,
  containedService,
  changedByHand,
  patchedHost,
  movedSecret,
  ourselves,
  encrypted,
  webPage,
  consoleAlarms,
  stoppedFunction,
  ...everyCase,
  openRole,
  runningImages,
  failingInventory,
];
