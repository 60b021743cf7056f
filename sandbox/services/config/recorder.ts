import { slice } from '../../account.ts';

export interface Recorder {
  readonly name: string;
  recording: boolean;
  /** In the words of the CLI's examples; the API's model has them as `Success`. */
  lastStatus: 'PENDING' | 'SUCCESS' | 'FAILURE';
  /** Milliseconds since the epoch, virtual: when it was last started or stopped. */
  at: number;
}

/** The account's one recorder of this Region, where there is one. */
export const configRecorder = slice('config', (): { recorder: Recorder | undefined } => ({ recorder: undefined }));
