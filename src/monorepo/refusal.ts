/** Why the destination can't be copied, for the person who runs the command. */
export class Refusal extends Error {}
