import { slice } from '../../account.ts';

export interface Recorder {
  readonly name: string;
  recording: boolean;
  lastStatus: 'Pending' | 'Success' | 'Failure';
  /** Milliseconds since the epoch, virtual: when it was last started or stopped. */
  at: number;
}

/** The account's one recorder of this Region, where there is one. */
export const configRecorder = slice('config', (): { recorder: Recorder | undefined } => ({ recorder: undefined }));
