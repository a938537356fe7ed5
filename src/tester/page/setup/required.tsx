/** Some fields are required only where others are empty. */
export function Required({ by }: { by: unknown }) {
  return by ? <span className="required">{by === true ? 'required' : 'sometimes required'}</span> : null
}
