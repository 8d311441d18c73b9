/** The index that names nothing: no volunteer, no slot, no edge. Real indices start at 0. */
export const NONE = -1;
