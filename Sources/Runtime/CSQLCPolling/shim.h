// What waits for many descriptors at once, which Swift's modules of the system leave out.

#ifndef CSQLCPolling_h
#define CSQLCPolling_h

#if defined(__linux__)
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <poll.h>
#include <signal.h>
#include <time.h>

// Declared by <poll.h> only for who asks for GNU's extensions, which a module cannot ask another for.
int ppoll(struct pollfd *, nfds_t, const struct timespec *, const sigset_t *);
#else
#include <sys/event.h>
#endif

#endif
