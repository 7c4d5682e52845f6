/* A condition that is missing, as no compiler takes it: nothing is known of its section. */
#if
#else
int beside;
#endif
