/** A volume of EBS on a host, as the account file has it. */
export interface HostVolume {
  /** `/dev/xvda`. */
  readonly device: string;
  readonly id?: string;
  /** GiB. */
  readonly size: number;
  /** `gp3`. */
  readonly type: 'gp2' | 'gp3' | 'io1' | 'io2' | 'sc1' | 'st1' | 'standard';
  /** ARN of the key that it is encrypted with; absent for one that is not. */
  readonly kmsKey?: string;
  readonly tags: { readonly [key: string]: string };
}
