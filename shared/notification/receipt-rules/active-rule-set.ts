/** The set of receipt rules that is active: of each account there is one at most in a region, and SES takes in by it. */
export interface ActiveRuleSet {
  /** Its name, or undefined when no mail is taken in at all. */
  read(): Promise<string | undefined>;
  /** Puts another one in its place, or none. */
  write(name: string | undefined): Promise<void>;
}
