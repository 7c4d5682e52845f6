/* travel_graph.c: edges as a graph, and what can be reached in it; see travel.h. */
#include "query/travel.h"

int graph_vertex(struct travel *travel, struct end end)
{
        return end.cell ? 2 * class_of(&travel->classes, end.node) + 1 : 2 * end.node;
}

/* Counting sort of the edges by one of their ends. */
static void fill(struct arena *arena, struct travel *travel, int n, bool backwards, int **first, int **to)
{
        int edges = travel->edges.n;
        int *from = NEW_ARRAY(arena, int, edges + 1), *into = NEW_ARRAY(arena, int, edges + 1);
        *first = NEW_ARRAY(arena, int, n + 2);
        *to = NEW_ARRAY(arena, int, edges + 1);
        for (int i = 0; i < edges; i++) {
                const struct edge *edge = &travel->edges.at[i];
                from[i] = graph_vertex(travel, backwards ? edge->to : edge->from);
                into[i] = graph_vertex(travel, backwards ? edge->from : edge->to);
                (*first)[from[i] + 2]++;
        }
        for (int v = 2; v <= n + 1; v++)
                (*first)[v] += (*first)[v - 1];
        for (int i = 0; i < edges; i++)
                (*to)[(*first)[from[i] + 1]++] = into[i];
}

struct graph *graph_make(struct arena *arena, struct travel *travel)
{
        struct graph *graph = NEW(arena, struct graph);
        graph->arena = arena;
        graph->n = 2 * travel->classes.nodes.n;
        fill(arena, travel, graph->n, false, &graph->first, &graph->to);
        fill(arena, travel, graph->n, true, &graph->rfirst, &graph->rto);
        graph->stamp = NEW_ARRAY(arena, int, graph->n + 1);
        graph->queue = NEW_ARRAY(arena, int, graph->n + 1);
        return graph;
}

int graph_reach(struct graph *graph, int start, bool backwards)
{
        const int *first = backwards ? graph->rfirst : graph->first;
        const int *to = backwards ? graph->rto : graph->to;
        int n = 0;
        graph->round++;
        graph->stamp[start] = graph->round;
        graph->queue[n++] = start;
        for (int i = 0; i < n; i++)
                for (int e = first[graph->queue[i]]; e < first[graph->queue[i] + 1]; e++) {
                        if (graph->stamp[to[e]] == graph->round)
                                continue;
                        graph->stamp[to[e]] = graph->round;
                        graph->queue[n++] = to[e];
                }
        return n;
}
