/** Why a checkout does not take the destination, in words for whoever runs the command. */
export class Refusal extends Error {}
