// What waits for many descriptors at once, which Swift's modules of the system leave out.

#ifndef CSQLCPolling_h
#define CSQLCPolling_h

#if defined(__linux__)
#include <sys/epoll.h>
#include <sys/eventfd.h>
#else
#include <sys/event.h>
#endif

#endif
