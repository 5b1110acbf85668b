/** Which data a link was made with. */
export interface LinkData {
  /** The first hex digits of the dataset's fingerprint (8 to 32). */
  readonly fingerprint: string;
  /** Names of the files; of many only the first ones. */
  readonly files: readonly string[];
  /** How many files more than `files` names. */
  readonly moreFiles: number;
}
