/** What stands wherever something is still to be written; a check finds it. */
export const TO_WRITE = "TODO";
