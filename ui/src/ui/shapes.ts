/** The handset of icons/, lying on its hook, centred on 0 0. */
export const handset =
  "M-16 2.5C-16-9.5 16-9.5 16 2.5V7A3 3 0 0 1 13 10H9A3 3 0 0 1 6 7V3.6C6 .4 3.2-.9 0-.9S-6 .4-6 3.6V7A3 3 0 0 1-9 10H-13A3 3 0 0 1-16 7Z";
