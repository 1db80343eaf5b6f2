import { type RefObject, useEffect, useRef } from 'react';

/** Moves the focus to a button that comes into a dialog after it has opened. */
export function useFocusOnShow(): RefObject<HTMLButtonElement | null> {
  const target = useRef<HTMLButtonElement>(null);
  useEffect(() => target.current?.focus(), []);
  return target;
}
