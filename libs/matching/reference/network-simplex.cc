// The outside reference for speed and for optimal values: the pure problem as a min-cost flow, solved by the
// network simplex of LEMON (Debian package liblemon-dev). Reads the instance file of instance-file.ts.
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <vector>

using Graph = lemon::SmartDigraph;

static std::vector<int32_t> readWords(const char* path) {
  std::vector<int32_t> words;
  FILE* file = std::fopen(path, "rb");
  if (!file) return words;
  std::fseek(file, 0, SEEK_END);
  words.resize(std::ftell(file) / 4);
  std::rewind(file);
  if (std::fread(words.data(), 4, words.size(), file) != words.size()) words.clear();
  std::fclose(file);
  return words;
}

int main(int, char** argv) {
  const std::vector<int32_t> words = readWords(argv[1]);
  if (words.size() < 8) return 2;
  const int n = words[1], m = words[2], edges = words[3], penalty = words[4];
  const int32_t* hands = &words[8];
  const int32_t *least = hands + 3 * n, *most = least + m;
  const int32_t *ptr = least + 4 * m, *col = ptr + n + 1, *score = col + edges;
  Graph graph;
  graph.reserveNode(n + m + 1);
  graph.reserveArc(edges + n + 2 * m);
  for (int v = 0; v <= n + m; v++) graph.addNode();
  const Graph::Node sink = graph.nodeFromId(n + m);
  for (int i = 0; i < n; i++)
    for (int e = ptr[i]; e < ptr[i + 1]; e++) graph.addArc(graph.nodeFromId(i), graph.nodeFromId(n + col[e]));
  for (int i = 0; i < n; i++) graph.addArc(graph.nodeFromId(i), sink);
  for (int j = 0; j < 2 * m; j++) graph.addArc(graph.nodeFromId(n + j % m), sink);
  Graph::ArcMap<int> cost(graph, 0), capacity(graph, 1);
  Graph::NodeMap<int> supply(graph, 0);
  for (int e = 0; e < edges; e++) cost[graph.arcFromId(e)] = -score[e];
  int total = 0;
  for (int i = 0; i < n; i++) {
    capacity[graph.arcFromId(edges + i)] = supply[graph.nodeFromId(i)] = hands[i];
    total += hands[i];
  }
  supply[sink] = -total;
  long long objective = 0;
  for (int j = 0; j < m; j++) {
    const Graph::Arc needed = graph.arcFromId(edges + n + j), extra = graph.arcFromId(edges + n + m + j);
    capacity[needed] = least[j];
    cost[needed] = -penalty;
    capacity[extra] = most[j] - least[j];
    objective -= static_cast<long long>(penalty) * least[j];
  }
  const std::clock_t cpu = std::clock();
  const auto began = std::chrono::steady_clock::now();
  lemon::NetworkSimplex<Graph, int, long long> simplex(graph);
  simplex.upperMap(capacity).costMap(cost).supplyMap(supply);
  if (simplex.run() != simplex.OPTIMAL) return 3;
  const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
  const double cpuMs = 1000.0 * static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
  objective -= simplex.totalCost<long long>();
  std::printf("{\"wallMs\":%.1f,\"cpuMs\":%.1f,\"objective\":%lld}\n", ms, cpuMs, objective);
}
